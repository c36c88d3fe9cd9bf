"""Vacancies that come in: rows of a list and adverts of a page, read into answers of the vacancy form."""
