"""Workbooks that follow the Government Analysis Function's guidance on spreadsheets."""
