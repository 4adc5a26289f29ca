"""Remakes every file of core/reference that this folder answers for, or the ones named on the command line."""

import logging
import sys

import aggregates
import fewshot
import filters
import random_numbers
import regexes
import scores
import statistics_numbers

PARTS = {
    "random": random_numbers, "statistics": statistics_numbers, "scores": scores, "aggregates": aggregates, "regexes": regexes,
    "filters": filters, "fewshot": fewshot,
}

if __name__ == "__main__":
    logging.disable(logging.WARNING)
    for name in sys.argv[1:] or PARTS:
        PARTS[name].make()
