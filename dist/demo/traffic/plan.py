"""The plan of the capture: which program runs when, from which host. The same seed gives the same plan."""

import random

import attacks
import background
import stories

LENGTH = 1800.0  # seconds of the finished capture
SEED = 20260601


def make(demo, work, factor=1.0):
    rng = random.Random(SEED)
    steps = background.make(rng, work, LENGTH, factor) + attacks.make(rng, demo, work, LENGTH, factor) + stories.make(rng, work)
    return sorted((step for step in steps if 0 < step.at < LENGTH - 2), key=lambda step: step.at)
