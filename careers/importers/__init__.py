"""The only writers of imported tables: one reader a file layout, one writer a dataset."""
