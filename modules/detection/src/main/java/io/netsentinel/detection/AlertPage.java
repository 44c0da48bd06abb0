package io.netsentinel.detection;

import java.util.List;
import java.util.Optional;

/// One page of a list of alerts.
///
/// @param alerts the matches, in the order asked for; may be empty although `next` is present, when
///   a narrow filter matched nothing in the part that was searched
/// @param next the cursor of the following page, empty at the end
public record AlertPage(List<Alert> alerts, Optional<String> next) {

    public AlertPage {
        alerts = List.copyOf(alerts);
    }
}
