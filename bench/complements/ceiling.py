# What others would reach where one thing of a basket is hidden (Groceries): multinomial logistic regression and a
# small neural network, which see the whole basket at once, beside confidence and cosine, which add up single
# things. How far above these anybody gets says how much there is to be had.
#
#     python3 bench/complements/ceiling.py FOLDER-OF-DATA        (needs scikit-learn; some minutes)
#
# Baskets are shuffled by a seed of its own, so figures differ a little from those of main.ts: read the ratios.
import gzip
import random
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

path = sys.argv[1] + '/groceries/groceries_baskets.csv.gz'
baskets = [sorted({item.strip() for item in line.split(',')}) for line in gzip.open(path, 'rt').read().strip().split('\n')]
random.Random(1).shuffle(baskets)
cut = int(0.8 * len(baskets))
number = {}
for basket in baskets[:cut]:
    for item in basket:
        number.setdefault(item, len(number))
count = len(number)


def row(items):
    out = np.zeros(count, dtype=np.float32)
    out[items] = 1
    return out


known = [[number[item] for item in basket if item in number] for basket in baskets]
train = np.array([row(basket) for basket in known[:cut]])
pick = random.Random(3)
questions = []
for basket in known[cut:]:
    if len(basket) >= 2:
        hidden = pick.choice(basket)
        questions.append(([item for item in basket if item != hidden], hidden))
asked = np.array([row(rest) for rest, _ in questions])


def hit_rate(scores):
    hits = 0
    for (rest, hidden), mine in zip(questions, scores):
        mine = mine.copy()
        mine[rest] = -np.inf
        hits += (mine > mine[hidden]).sum() < 10
    return hits / len(questions)


together = train.T @ train
alone = np.diag(together).copy()
np.fill_diagonal(together, 0)
peers = {
    'confidence': hit_rate(asked @ (together / alone[:, None])),
    'cosine': hit_rate(asked @ (together / np.sqrt(np.outer(alone, alone)))),
}
best = max(peers.values())

examples = [(row([other for other in basket if other != item]), item) for basket in known[:cut] if len(basket) >= 2 for item in basket]
x = np.array([features for features, _ in examples])
y = np.array([item for _, item in examples])


def with_size(rows):
    size = rows.sum(1, keepdims=True)
    return np.hstack([rows, size / 10, rows / np.maximum(1, size)])


mixed = np.zeros((len(questions), count))
models = {
    'logistic regression': LogisticRegression(C=0.1, max_iter=200),
    'neural network': MLPClassifier((64,), alpha=1e-3, max_iter=12, early_stopping=True, random_state=0),
}
print(f'{len(questions)} questions, {len(x)} examples')
for name, value in peers.items():
    print(f'{name:20} {value:.4f}')
for name, model in models.items():
    model.fit(with_size(x), y)
    scores = np.zeros((len(questions), count))
    scores[:, model.classes_] = model.predict_proba(with_size(asked))
    mixed += scores
    print(f'{name:20} {hit_rate(scores):.4f}  ratio {hit_rate(scores) / best:.3f}', flush=True)
print(f'{"both":20} {hit_rate(mixed):.4f}  ratio {hit_rate(mixed) / best:.3f}')
