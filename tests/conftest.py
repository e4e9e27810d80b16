"""What every test has: nothing but a database when it asks for one."""
