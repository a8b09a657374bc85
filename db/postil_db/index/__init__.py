"""The full-text index over annotations: derived and disposable."""
