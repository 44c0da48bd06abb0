package io.netsentinel.detection;

import io.netsentinel.channels.Hub;
import io.netsentinel.queuing.EventLog;
import java.time.Clock;
import java.time.Duration;

/// Incidents whose reads wait for the tables longer than any disk stalls.
public final class PatientIncidents {
    private PatientIncidents() {}

    /// As [Incidents#create].
    public static Incidents create(EventLog log, Hub hub, Clock clock, IncidentSettings settings) {
        return Incidents.create(log, hub, clock, settings, Duration.ofMinutes(1));
    }
}
