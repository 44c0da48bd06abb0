/// What is done for every event, measured by JMH: `./bench hot-paths`.
@org.jspecify.annotations.NullMarked
package io.netsentinel.bench;
