"""What is held as true: canonical tables, deliveries kept whole, the record as at a date, the ledger, the store."""
