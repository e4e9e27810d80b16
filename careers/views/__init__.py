"""Pages of careers. Each is complete without JavaScript; htmx asks for the same fragment alone."""
