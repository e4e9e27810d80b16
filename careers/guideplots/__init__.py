"""The figures of a guide: each a sentence, then a table, then what its picture needs."""
