"""What leaves Unpinch for others to read: one module a format."""
