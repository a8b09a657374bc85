"""Document to mentions: recognition in a child process, and the passes over what the model says."""
