"""Together: what stands with what, as a table and as a drawn graph, and the passages behind each number."""
