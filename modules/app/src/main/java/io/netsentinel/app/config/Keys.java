package io.netsentinel.app.config;

import java.util.List;

/// Every setting there is, in the groups they are documented in. The commented file, the reference
/// and the checks are made from this list; the fallbacks are those of the modules themselves.
final class Keys {
    static final List<Section> SECTIONS =
            List.of(
                    ServerKeys.SECTION,
                    SourceKeys.SECTION,
                    SinkKeys.SECTION,
                    EnrichmentKeys.SECTION,
                    RuntimeKeys.SECTION,
                    RetentionKeys.SECTION,
                    DeliveryKeys.SECTION,
                    ChannelKeys.SECTION,
                    DetectionKeys.SECTION,
                    IncidentKeys.SECTION,
                    EncryptionKeys.SECTION,
                    SignInKeys.SECTION,
                    LimitKeys.SECTION,
                    QueueKeys.SECTION,
                    LogKeys.SECTION);

    private Keys() {}

    static List<Key<?>> all() {
        return SECTIONS.stream().<Key<?>>flatMap(section -> section.keys().stream()).toList();
    }
}
