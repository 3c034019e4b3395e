package io.demur.core.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.core.harm.Hazard;

import org.junit.jupiter.api.Test;

import java.util.Optional;

class TongueTest {

    @Test
    void knowsTheLanguageOfARequest() {
        for (Tongue tongue : Tongue.values()) {
            for (Hazard hazard : Hazard.values()) {
                String request = Requests.of(tongue, hazard);
                assertEquals(Optional.of(tongue), Tongue.of(request), request);
            }
        }
    }

    @Test
    void saysWhereItIsNoneOfThem() {
        for (String text : new String[] {"", "12", "Как дела?", "آپ کیسے ہیں", "안녕하세요"}) {
            assertEquals(Optional.empty(), Tongue.of(text), text);
        }
    }

    @Test
    void isFoundByItsCode() {
        assertEquals(Optional.of(Tongue.PORTUGUESE), Tongue.ofCode("pt-BR"));
        assertEquals(Optional.of(Tongue.CHINESE), Tongue.ofCode("ZH_Hant"));
        assertEquals(Optional.empty(), Tongue.ofCode("xx"));
    }

    @Test
    void everyLanguageIsComplete() {
        for (Tongue tongue : Tongue.values()) {
            Keys.required().keySet().forEach(key -> assertTrue(Phrases.of(tongue).has(key), key));
        }
    }

    @Test
    void aLanguageThatIsNotCompleteIsNotTaken() {
        IllegalStateException e =
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                Phrases.parse(
                                        "xx.txt", "way = {first}\nway = x\nhello = 1\nrubbish"));
        for (String said :
                new String[] {
                    "`way` is there twice",
                    "`hello` is not a known key",
                    "`hold` is missing",
                    "`rubbish` is no `key = text`"
                }) {
            assertTrue(requireNonNull(e.getMessage()).contains(said), e.getMessage());
        }
    }
}
