"""Models of the library `implicit` (Frederickson, MIT licence) as a peer of a top-N task.

Usage: implicit-peer.py TRAIN.csv TEST.csv K. Settings are chosen on a tenth of each training person's things,
hidden by a seed; the chosen model is learned again from all of the training file and asked once. Prints one
JSON object: name, settings, figures, seconds to choose and to learn.
"""

import csv
import json
import sys
import time

import numpy as np
from implicit.als import AlternatingLeastSquares
from implicit.bpr import BayesianPersonalizedRanking
from implicit.nearest_neighbours import BM25Recommender, CosineRecommender, TFIDFRecommender
from scipy.sparse import csr_matrix

THREADS = 2


def read(path, people, items):
    rows, cols = [], []
    with open(path) as file:
        for row in csv.DictReader(file):
            rows.append(people.setdefault(row["person"], len(people)))
            cols.append(items.setdefault(row["item"], len(items)))
    return rows, cols


def matrix(rows, cols, shape):
    made = csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, cols)), shape=shape)
    made.data[:] = 1
    return made


def hold_out(train, seed):
    """A tenth of what each person has, one at least, of people with five things or more."""
    random = np.random.default_rng(seed)
    keep = np.ones(len(train.indices), dtype=bool)
    for person in range(train.shape[0]):
        start, end = train.indptr[person], train.indptr[person + 1]
        if end - start >= 5:
            keep[random.choice(np.arange(start, end), max(1, (end - start) // 10), replace=False)] = False
    rows = np.repeat(np.arange(train.shape[0]), np.diff(train.indptr))
    left = matrix(rows[keep], train.indices[keep], train.shape)
    return left, matrix(rows[~keep], train.indices[~keep], train.shape)


def figures(model, known, wanted, k):
    asked = np.flatnonzero(np.diff(wanted.indptr) > 0)
    recall = ndcg = 0.0
    discounts = 1 / np.log2(np.arange(2, k + 2))
    for start in range(0, len(asked), 2000):
        some = asked[start : start + 2000]
        lists, _ = model.recommend(some, known[some], N=k, filter_already_liked_items=True)
        for person, found in zip(some, lists):
            targets = wanted.indices[wanted.indptr[person] : wanted.indptr[person + 1]]
            hits = np.isin(found, targets)
            recall += hits.sum() / len(targets)
            ndcg += discounts[hits].sum() / discounts[: min(k, len(targets))].sum()
    return {"recall": recall / len(asked), "ndcg": ndcg / len(asked)}


def candidates():
    # The library's own choice of neighbours, and more; BM25 with its own choice and with what suits short lists.
    yield "item-item cosine", {"K": 20}, lambda s: CosineRecommender(num_threads=THREADS, **s)
    yield "item-item TF-IDF", {"K": 20}, lambda s: TFIDFRecommender(num_threads=THREADS, **s)
    for neighbours in (20, 50):
        for k1, b in ((0.2, 0.5), (1.2, 0.75)):
            settings = {"K": neighbours, "K1": k1, "B": b}
            yield "item-item BM25", settings, lambda s: BM25Recommender(num_threads=THREADS, **s)
    for regularization, alpha in ((0.01, 1.0), (0.1, 1.0), (0.01, 10.0), (0.1, 10.0)):
        settings = {"factors": 64, "regularization": regularization, "alpha": alpha, "iterations": 15}
        yield (
            "ALS",
            settings,
            lambda s: AlternatingLeastSquares(num_threads=THREADS, random_state=1, **s),
        )
    for rate in (0.05,):
        settings = {"factors": 64, "learning_rate": rate, "regularization": 0.01, "iterations": 100}
        yield (
            "BPR",
            settings,
            lambda s: BayesianPersonalizedRanking(num_threads=THREADS, random_state=1, **s),
        )


def main():
    train_path, test_path, k = sys.argv[1], sys.argv[2], int(sys.argv[3])
    people, items = {}, {}
    train_rows, test_rows = read(train_path, people, items), read(test_path, people, items)
    shape = (len(people), len(items))
    train, test = matrix(*train_rows, shape), matrix(*test_rows, shape)
    left, hidden = hold_out(train, 1)
    best = {}
    for name, settings, make in candidates():
        start = time.perf_counter()
        model = make(settings)
        model.fit(left, show_progress=False)
        judged = figures(model, left, hidden, k)
        value = judged["recall"] + judged["ndcg"]
        seconds = time.perf_counter() - start
        print(f"{name} {settings} {judged} {seconds:.1f} s", file=sys.stderr, flush=True)
        spent = best.get(name, {}).get("chooseSeconds", 0) + seconds
        if name not in best or value > best[name]["value"]:
            best[name] = {"value": value, "settings": settings, "make": make}
        best[name]["chooseSeconds"] = spent
    answers = []
    for name, found in best.items():
        start = time.perf_counter()
        model = found["make"](found["settings"])
        model.fit(train, show_progress=False)
        seconds = time.perf_counter() - start
        settings = {**found["settings"], "chooseSeconds": round(found["chooseSeconds"]), "learnSeconds": round(seconds, 1)}
        answers.append({"name": f"implicit {name}", "settings": settings, "figures": figures(model, train, test, k)})
    print(json.dumps(answers))


main()
