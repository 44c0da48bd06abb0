package io.netsentinel.detection.finding;

/// A score and how it comes about.
record Score(int value, String why) {
    /// Of a rule that counts what is hardly ever innocent.
    static final Score MAJOR = new Score(73, "Major 73 x confidence High 1.0 = 73");

    /// Of a rule that counts what is now and then innocent.
    static final Score LIKELY = new Score(51, "Major 73 x confidence Low 0.7 = 51");

    /// Of a rule that counts what somebody may have reasons for.
    static final Score MINOR = new Score(47, "Minor 47 x confidence High 1.0 = 47");

    /// Of what is out of the ordinary and often innocent: it opens no incident.
    static final Score LOW = new Score(21, "Informational 21 x confidence High 1.0 = 21");
}
