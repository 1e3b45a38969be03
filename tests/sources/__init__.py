"""The readers, through the real record: a file in, tables, counts and ledger out."""
