package io.demur.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

class StoreSettingsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://u:geheim@host/db|postgresql://host/db",
                "postgresql://u:ge/geheim@host/db|postgresql://host/db",
                "postgresql://u:p@geheim@host/db|postgresql://host/db",
                "postgresql://u:ge#geheim@host/db|postgresql://host/db",
                "postgresql://u:ge?geheim@host/db|postgresql://host/db",
                "postgresql://u:ge geheim@host/db|postgresql://host/db",
                "postgresql://u:geheim%zz@host/db|postgresql://host/db",
                "postgresql://host/db?password=geheim|postgresql://host/db?password=…",
                "postgresql://host/db?a=1&sslPassword=geheim"
                        + "|postgresql://host/db?a=1&sslPassword=…",
                "mysql://u:geheim@host/db|mysql://host/db",
            })
    void noMessageShowsAPassword(String url, String shown) {
        String said;
        try {
            StoreSettings settings =
                    new StoreSettings(url, 1, Duration.ofMillis(100), Duration.ofSeconds(1));
            assertEquals(shown, settings.shown());
            assertEquals("StoreSettings[" + shown + "]", settings.toString());
            Store.open(settings).close();
            said = "";
        } catch (StoreFailed | IllegalArgumentException e) {
            StringBuilder all = new StringBuilder();
            for (Throwable at = e; at != null; at = at.getCause()) {
                all.append(at).append('\n');
            }
            said = all.toString();
        }
        assertFalse(said.isEmpty(), "there is no such server");
        assertFalse(said.contains("geheim"), said);
        assertTrue(said.contains(shown.substring(0, 9)), said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sqlite:",
                "sqlite: ",
                "sqlite::memory:",
                "sqlite::resource:a.db",
                "sqlite:file:a.db",
                "sqlite:a?b/store.db",
                "sqlite:store.db?synchronous=OFF",
            })
    void whatSqlitesDriverWouldTakeForSomethingElseIsRefused(String url) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new StoreSettings(url));
        assertTrue(String.valueOf(refused.getMessage()).contains("names no file"));
    }
}
