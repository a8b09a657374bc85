"""The only folder with widgets."""
