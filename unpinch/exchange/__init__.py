"""What leaves Unpinch for others to read, and the diaries of others that come in: one module a format."""
