"""Themes, icons and fonts: the only place that names an icon or a colour."""
