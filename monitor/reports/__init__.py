"""The report of a day, a week or any range, as one HTML file or as PDF: to keep, to print, to show to somebody."""
