package io.netsentinel.detection.incident;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the tables say, for correlation.
interface Known {

    /// The spans of keys; a key without any may be missing.
    Map<String, List<Span>> spans(Collection<String> keys);

    /// An incident.
    Optional<Kept> incident(String id);

    /// How many are open.
    int open();
}
