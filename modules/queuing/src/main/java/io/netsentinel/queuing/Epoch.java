package io.netsentinel.queuing;

import java.security.SecureRandom;

/// One epoch of a channel: from `first` on, offsets belong to it.
record Epoch(long first, String id) {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Epoch startingAt(long first) {
        StringBuilder id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return new Epoch(first, id.toString());
    }

    boolean valid() {
        return first >= 1
                && id.length() == LENGTH
                && id.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }
}
