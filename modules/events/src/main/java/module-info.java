/// Events, severities, channels, scores and their codecs: the words every other module speaks.
@org.jspecify.annotations.NullMarked
module io.netsentinel.events {
    requires transitive com.fasterxml.jackson.core;
    requires re2j;
    requires static org.jspecify;

    exports io.netsentinel.events;
}
