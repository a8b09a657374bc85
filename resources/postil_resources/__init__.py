"""Icons, themes, fonts, samples and help, as package data."""
