package io.netsentinel.analytics;

import java.util.List;

/// One figure with its labels.
///
/// @param name as in `/metrics`
/// @param labels names and values in turns
/// @param counter whether it only grows, so that its rate is of interest
record SeriesId(String name, List<String> labels, boolean counter) {
    SeriesId {
        labels = List.copyOf(labels);
    }
}
