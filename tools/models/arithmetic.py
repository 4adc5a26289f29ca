"""Sums and differences of one to three digits; one problem in ten is kept for the test part."""
from names import is_held_out


def problem(r, held=False):
    """-> ('12+30', '42')"""
    while True:
        digits = r.choice((1, 2, 2, 3, 3))
        other = r.choice((1, digits, digits)) if digits > 1 else r.choice((1, 1, 2, 3))
        a, b = (r.randint(0 if k == 1 else 10 ** (k - 1), 10**k - 1) for k in (digits, other))
        sign = r.choice("+-")
        if sign == "-" and b > a:
            a, b = b, a
        text = f"{a}{sign}{b}"
        if is_held_out(text) == held:
            return text, str(a + b if sign == "+" else a - b)
