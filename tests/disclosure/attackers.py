"""An attacker that tries every whole-number table: slow, plain and apart from the package's own.

It knows nothing of linear programmes. It lists the children's smallest groups (every combination of
the smallest values of every dimension), turns each published row into "these groups add up to a
number between low and high", and walks through every way of filling the groups in.
"""

from itertools import product

INFINITE = float("inf")


class TooMany(Exception):
    """There are more tables than this attacker has patience for."""


def smallest(dimension, value, nested):
    """Return the smallest values that make up a value."""
    parts = (nested or {}).get(dimension, {}).get(value)
    if parts is None:
        return {value}
    return set().union(*(smallest(dimension, part, nested) for part in parts))


def statements(tables, nested=None):
    """Turn published tables into groups and one (groups, low, high) for each of their rows.

    A table is a dictionary: ``dimensions``, ``total`` and ``rows``, a list of (key, low, high) with
    low equal to high where the number is shown.
    """
    values, parts = {}, []
    for table in tables:
        for at, dimension in enumerate(table["dimensions"]):
            seen = {key[at] for key, _, _ in table["rows"]} - {table["total"]}
            found = set().union(*(smallest(dimension, value, nested) for value in seen))
            values.setdefault(dimension, set()).update(found)
            parts.append(found)
    names = sorted(values)
    groups = list(product(*(sorted(values[name]) for name in names)))
    listed = []
    for table in tables:
        listed.append([])
        own = {name: at for at, name in enumerate(table["dimensions"])}
        whole = {
            name: set().union(
                *(
                    smallest(name, key[at], nested)
                    for key, _, _ in table["rows"]
                    if key[at] != table["total"]
                )
            )
            or values[name]
            for name, at in own.items()
        }
        for key, low, high in table["rows"]:
            allowed = []
            for name in names:
                if name not in own:
                    allowed.append(values[name])
                elif key[own[name]] == table["total"]:
                    allowed.append(whole[name])
                else:
                    allowed.append(smallest(name, key[own[name]], nested))
            inside = [
                at
                for at, group in enumerate(groups)
                if all(value in part for value, part in zip(group, allowed, strict=True))
            ]
            listed[-1].append((inside, low, high))
    return groups, listed


def brute_force(tables, nested=None, patience=2_000_000):
    """Return, for each table, the lowest and highest of each row over every table that fits."""
    groups, listed = statements(tables, nested)
    flat = [row for rows in listed for row in rows]
    bounded = [row for row in flat if row[2] < INFINITE]
    belongs = [[] for _ in groups]
    for number, (inside, _, _) in enumerate(bounded):
        for group in inside:
            belongs[group].append(number)
    if not all(belongs):
        raise TooMany("a group is in no row that has an upper end")
    # The groups that share rows stand together, so that a contradiction is met early.
    order = sorted(range(len(groups)), key=lambda group: belongs[group])
    left = [len(row[0]) for row in bounded]
    low = [row[1] for row in bounded]
    high = [row[2] for row in bounded]
    filled = [0] * len(groups)
    seen = [[INFINITE, -INFINITE] for _ in flat]
    steps = 0

    def walk(depth):
        nonlocal steps
        steps += 1
        if steps > patience:
            raise TooMany("more steps than patience")
        if depth == len(order):
            for number, (inside, _, _) in enumerate(flat):
                value = sum(filled[group] for group in inside)
                seen[number][0] = min(seen[number][0], value)
                seen[number][1] = max(seen[number][1], value)
            return
        group = order[depth]
        rows = belongs[group]
        most = min(high[row] for row in rows)
        least = max((low[row] for row in rows if left[row] == 1), default=0)
        for value in range(max(least, 0), most + 1):
            filled[group] = value
            for row in rows:
                low[row] -= value
                high[row] -= value
                left[row] -= 1
            walk(depth + 1)
            for row in rows:
                low[row] += value
                high[row] += value
                left[row] += 1

    walk(0)
    answers = iter(seen)
    return [[tuple(next(answers)) for _ in rows] for rows in listed]
