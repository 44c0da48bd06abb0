package io.netsentinel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FieldsTest {
    private static List<String> paths() {
        return Stream.concat(
                        Arrays.stream(Fields.class.getFields()).map(FieldsTest::constant),
                        SensorPaths.all().stream())
                .toList();
    }

    private static String constant(java.lang.reflect.Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyPathIsWellFormedAndThereOnce() {
        assertThat(paths()).doesNotHaveDuplicates();
        assertThat(paths()).allMatch(path -> path.matches("@?[a-z0-9_]+(\\.[a-z0-9_]+)*"));
    }

    @Test
    void noKnownPathIsAValueAndAParentToo() {
        for (String path : paths()) {
            assertThat(paths()).noneMatch(other -> other.startsWith(path + "."));
        }
    }

    @Test
    void orderIsTheSameForKnownAndUnknownPaths() {
        List<Field> known = paths().stream().map(Field::of).sorted().toList();

        assertThat(known.stream().map(Field::path).toList())
                .isSortedAccordingTo((a, b) -> Arrays.compare(a.split("\\."), b.split("\\.")));
    }
}
