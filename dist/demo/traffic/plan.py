"""The plan of the capture: which program runs when, from which host. The same seed gives the same plan."""

import random

import attacks
import background
import stories

LENGTH = 1800.0  # seconds of the finished capture
SEED = 20260601


def make(demo, work):
    rng = random.Random(SEED)
    steps = background.make(rng, work, LENGTH) + attacks.make(rng, demo, LENGTH) + stories.make(rng, work, LENGTH)
    return sorted((step for step in steps if 0 < step.at < LENGTH - 2), key=lambda step: step.at)
