package io.netsentinel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UlidTest {
    @Test
    void idsRiseStrictly() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(Ulid.next());
        }
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(ids).allMatch(id -> id.matches("[0-7][0-9A-HJKMNP-TV-Z]{25}"));
    }

    @Test
    void theFirstTenCharactersAreTheTime() {
        long before = System.currentTimeMillis();
        String id = Ulid.next();
        long time = 0;
        for (char c : id.substring(0, 10).toCharArray()) {
            time = time * 32 + "0123456789ABCDEFGHJKMNPQRSTVWXYZ".indexOf(c);
        }
        assertThat(Instant.ofEpochMilli(time))
                .isBetween(Instant.ofEpochMilli(before), Instant.now().plusSeconds(1));
    }
}
