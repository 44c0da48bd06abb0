package io.netsentinel.app.config;

import java.util.List;

/// Every setting there is, in the groups they are documented in. The commented file, the reference
/// and the checks are made from this list; the fallbacks are those of the modules themselves.
final class Keys {
    private static volatile List<Section> sections = made();

    private Keys() {}

    static List<Section> sections() {
        return sections;
    }

    /// Makes the list anew: plug-ins have brought kinds along.
    static void renew() {
        sections = made();
    }

    private static List<Section> made() {
        return List.of(
                ServerKeys.SECTION,
                SourceKeys.section(),
                SinkKeys.section(),
                NotificationKeys.section(),
                EnrichmentKeys.SECTION,
                RuntimeKeys.SECTION,
                PluginKeys.SECTION,
                RetentionKeys.SECTION,
                DeliveryKeys.SECTION,
                ChannelKeys.SECTION,
                DetectionKeys.SECTION,
                TopologyKeys.SECTION,
                ScoreKeys.SECTION,
                IncidentKeys.SECTION,
                EncryptionKeys.SECTION,
                SignInKeys.SECTION,
                LimitKeys.SECTION,
                QueueKeys.SECTION,
                StatisticsKeys.SECTION,
                TracingKeys.SECTION,
                LogKeys.SECTION);
    }

    static List<Key<?>> all() {
        return sections.stream().<Key<?>>flatMap(section -> section.keys().stream()).toList();
    }
}
