package io.netsentinel.transport;

import java.util.List;

/// The configuration in force, for people to read: every key with where its value comes from.
/// Secrets are masked before they get here.
///
/// @param sections keys that belong together, in the order of the reference
public record EffectiveSettings(List<Section> sections) {

    /// Copies the list.
    public EffectiveSettings {
        sections = List.copyOf(sections);
    }

    /// Keys that belong together.
    ///
    /// @param title what they are about
    public record Section(String title, List<Setting> settings) {

        /// Copies the list.
        public Section {
            settings = List.copyOf(settings);
        }
    }

    /// A key.
    ///
    /// @param name dotted, as in the configuration file
    /// @param value as it is written there; asterisks for a secret, empty for none
    /// @param origin `default`, `environment`, `command line`, or the file it stands in
    /// @param fallback what it is when nothing sets it, empty for nothing
    /// @param help what it does
    public record Setting(String name, String value, String origin, String fallback, String help) {

        /// Whether somebody set it.
        public boolean given() {
            return !origin.equals("default");
        }
    }
}
