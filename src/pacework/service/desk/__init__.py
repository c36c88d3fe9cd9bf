"""Where rooms meet on one page: Today, caseload, person page, timeline."""
