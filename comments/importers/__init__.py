"""Comments from elsewhere: a reader for each format, and one writer."""
