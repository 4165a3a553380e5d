"""The onlooker: tells from lists whether somebody belongs to a class. Labels are the truth of the town.

    python3 attack.py FOLDER

reads FOLDER/job.json (people, items, folds, seed, sets of lists, classes), labels.u8 (people, a bit per
class), activity.u16 (people) and <set>.u16 (people x lists x width, 65535 = empty place), and prints one JSON
line for each set, class and attacker; also how much more a set tells than that of the arm "bare". Attackers
see of each thing how often it was shown, how high it stood (places from the top, added up), how often it came
first; and how long the lists were. Cross-fitted over people: nobody is judged by an attacker who was trained
on them. The strength of regularisation is chosen on a fifth of the training people.
"""
import json
import os
import re
import sys
import warnings
from pathlib import Path

# On shared cores, threads that wait for each other cost more than they bring.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

# Two hundred steps are near enough; what is not yet the optimum is chosen against on the held-out fifth.
warnings.filterwarnings("ignore", category=ConvergenceWarning)

EMPTY = 65535
DECILES = 10
RESAMPLES = 200
# "classes-erased-20-explained" is twenty lists with their reasons, of the arm "classes-erased".
ARM = re.compile(r"(.+?(?:-erased|-dense)?)-(.+)$")
# Trees look at the things that differ most on the training people: more would drown them in noise.
TREE_FEATURES = 300


def features(lists, items):
    """Count, height and first places of each thing; how many lists and places were filled."""
    people, weeks, width = lists.shape
    who, _, place = np.nonzero(lists != EMPTY)
    thing = lists[lists != EMPTY].astype(np.int64)
    shape = (people, items)

    def sums(values, keep=slice(None)):
        return csr_matrix((values[keep], (who[keep], thing[keep])), shape=shape)

    ones = np.ones(len(who), np.float32)
    length = (lists != EMPTY).sum(2)
    sizes = np.column_stack([length.sum(1), (length > 0).sum(1), (length < width).sum(1)]).astype(np.float32)
    parts = [sums(ones), sums((width - place).astype(np.float32)), sums(ones, place == 0)]
    if weeks > 1:
        # Histories grow: what was shown of late rests on more.
        week = np.nonzero(lists != EMPTY)[1]
        parts.append(sums(ones, week >= weeks // 2))
    table = hstack([*parts, csr_matrix(sizes)]).tocsr()
    # A thing shown to fewer than ten people teaches nothing that holds for the next person.
    seen = np.asarray((table != 0).sum(0)).ravel() >= 10
    return table[:, seen]


def scaled(table, rows):
    """Columns divided by their standard deviation on the training people; zeros stay zeros."""
    part = table[rows]
    mean = np.asarray(part.mean(0)).ravel()
    square = np.asarray(part.multiply(part).mean(0)).ravel()
    return table @ diags(1 / np.sqrt(np.maximum(square - mean**2, 1e-4)))


def logistic(table, label, train, rng):
    x = scaled(table, train).tocsr()
    held = rng.random(len(train)) < 0.2
    fit, check = train[~held], train[held]
    best = None
    for c in (0.0003, 0.003, 0.03):
        model = LogisticRegression(C=c, max_iter=200).fit(x[fit], label[fit])
        reached = auc(label[check], model.decision_function(x[check]))
        if best is None or reached > best[0]:
            best = (reached, model)
    model = best[1]
    return lambda rows: model.decision_function(x[rows])


def boosting(table, label, train, rng):
    y = label[train]
    x = table[train]
    mean1, mean0 = (np.asarray(x[y == v].mean(0)).ravel() for v in (1, 0))
    square = np.asarray(x.multiply(x).mean(0)).ravel()
    mean = np.asarray(x.mean(0)).ravel()
    t = np.abs(mean1 - mean0) / np.sqrt(np.maximum(square - mean**2, 1e-4))
    # Rare columns differ by chance; what counts is how sure the difference is.
    columns = np.argsort(-t)[:TREE_FEATURES]
    model = HistGradientBoostingClassifier(
        max_iter=150, learning_rate=0.06, max_leaf_nodes=15, min_samples_leaf=30, l2_regularization=5.0,
        early_stopping=True, validation_fraction=0.15, n_iter_no_change=12, random_state=int(rng.integers(2**31)))
    model.fit(x[:, columns].toarray(), y)
    return lambda rows: model.decision_function(table[rows][:, columns].toarray())


def auc(label, score):
    """Area under the ROC curve, ties half; nan when one side is missing."""
    members = int(label.sum())
    if members == 0 or members == len(label):
        return np.nan
    _, inverse, count = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[inverse]
    return (rank[label == 1].sum() - members * (members + 1) / 2) / (members * (len(label) - members))


def within(label, score, cells):
    """Mean AUC over cells (fold x decile), weighed by members."""
    values, weights = [], []
    for cell in cells:
        if len(cell) == 0:
            continue
        value = auc(label[cell], score[cell])
        if not np.isnan(value):
            values.append(value)
            weights.append(label[cell].sum())
    return float(np.average(values, weights=weights))


def interval(label, score, cells, rng):
    """95 % of 200 bootstrap resamples of people within their cells."""
    drawn = [within(label, score, [rng.choice(cell, len(cell)) for cell in cells]) for _ in range(RESAMPLES)]
    return [float(q) for q in np.quantile(drawn, [0.025, 0.975])]


def difference(label, score, bare, cells, rng):
    """How much more is told than without any guard, to the same people: the mean, and 95 % of the resamples."""
    drawn = []
    for _ in range(RESAMPLES):
        again = [rng.choice(cell, len(cell)) for cell in cells]
        drawn.append(within(label, score, again) - within(label, bare, again))
    low, high = (float(q) for q in np.quantile(drawn, [0.025, 0.975]))
    return {"more": within(label, score, cells) - within(label, bare, cells), "moreLow": low, "moreHigh": high}


def judge(label, score, fold, orders, folds, rng, bare=None):
    decile = np.digitize(orders, np.quantile(orders, np.linspace(0.1, 0.9, DECILES - 1)))
    plain = [np.flatnonzero(fold == f) for f in range(folds)]
    cells = [np.flatnonzero((fold == f) & (decile == d)) for f in range(folds) for d in range(DECILES)]
    cells = [cell for cell in cells if len(cell) > 0]
    low, high = interval(label, score, cells, rng)
    # A decile still holds people who are more active and less: those of one number of orders are alike.
    alike = [np.flatnonzero((fold == f) & (orders == n)) for f in range(folds) for n in np.unique(orders)]
    return {
        "plain": within(label, score, plain),
        "within": within(label, score, cells),
        "low": low,
        "high": high,
        "alike": within(label, score, alike),
        **({} if bare is None else difference(label, score, bare, cells, rng)),
    }


def main(folder):
    job = json.loads((folder / "job.json").read_text())
    people, items, folds, seed = job["people"], job["items"], job["folds"], job["seed"]
    truth = np.fromfile(folder / "labels.u8", np.uint8)
    activity = np.fromfile(folder / "activity.u16", np.uint16)
    fold = np.random.default_rng(seed).integers(folds, size=people)
    attackers = {"LR": logistic, "GB": boosting}
    for bit, name in enumerate(job["classes"]):
        label = ((truth >> bit) & 1).astype(np.int8)
        got = judge(label, activity.astype(float), fold, activity, folds, np.random.default_rng(seed))
        print(json.dumps({"set": "activity", "class": name, "attacker": "none", "members": int(label.sum()), **got}), flush=True)
    unguarded = {}
    for one in job["sets"]:
        lists = np.fromfile(folder / f"{one['name']}.u16", np.uint16).reshape(people, one["lists"], one["width"])
        table = features(lists, items)
        for bit, name in enumerate(job["classes"]):
            label = ((truth >> bit) & 1).astype(np.int8)
            for kind in one["attackers"]:
                rng = np.random.default_rng([seed, bit])
                score = np.zeros(people)
                for f in range(folds):
                    train, rest = np.flatnonzero(fold != f), np.flatnonzero(fold == f)
                    score[rest] = attackers[kind](table, label, train, rng)(rest)
                arm, what = ARM.match(one["name"]).groups()
                if arm == "bare":
                    unguarded[what, name, kind] = score
                bare = None if arm == "bare" else unguarded.get((what, name, kind))
                got = judge(label, score, fold, activity, folds, rng, bare)
                print(json.dumps({"set": one["name"], "class": name, "attacker": kind, **got}), flush=True)


main(Path(sys.argv[1]))
