package io.netsentinel.detection;

import java.util.List;
import java.util.Optional;

/// One page of a list of incidents.
///
/// @param incidents the matches, in the order asked for, without history
/// @param next where the following page begins, empty at the end
public record IncidentPage(List<Incident> incidents, Optional<Integer> next) {

    public IncidentPage {
        incidents = List.copyOf(incidents);
    }
}
