"""The only writers of schools, programs, fields and places: one module a dataset.

Every `import_…` takes the files of one dataset, writes what differs in one short transaction and
returns the Changes; files that were imported last are not even read again.
"""
