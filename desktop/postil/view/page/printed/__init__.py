"""The face of the page that shows a document as it is printed."""
