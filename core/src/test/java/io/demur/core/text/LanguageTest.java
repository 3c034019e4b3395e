package io.demur.core.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LanguageTest {

    @Test
    void englishIsKnownByItsCommonWords() {
        check(Language.ENGLISH, "How do I kill a Python process that hangs?");
        check(Language.ENGLISH, "I'm sorry, but I can't help with that.");
        check(Language.ENGLISH, "What does \"no pasarán\" mean, and who was the first to say it?");
        check(Language.ENGLISH, "Is the café in São Paulo called Pão de Queijo open to you?");
        check(Language.ENGLISH, "The word привет is a greeting that you can use in the street.");
    }

    @Test
    void otherLanguagesOfLatinScriptAreKnownByTheirs() {
        check(Language.OTHER, "Wie beende ich einen Prozess, der sich nicht beenden lässt?");
        check(Language.OTHER, "Comment tuer un processus qui est bloqué ?");
        check(Language.OTHER, "¿Cómo mato un proceso de Python que no responde?");
        check(Language.OTHER, "Come posso terminare un processo che non risponde?");
        check(Language.OTHER, "Como posso terminar um processo que não responde?");
        check(Language.OTHER, "Hoe kan ik een proces stoppen dat niet meer reageert?");
        check(Language.OTHER, "Jak zatrzymać zawieszony proces w języku Python, proszę?");
    }

    @Test
    void otherScriptsAreOther() {
        check(Language.OTHER, "如何终止一个进程？");
        check(Language.OTHER, "Как завершить зависший процесс Python?");
        check(Language.OTHER, "كيف أنهي عملية معلقة؟");
        check(Language.OTHER, "प्रक्रिया कैसे रोकें?");
    }

    @Test
    void whatGivesLittleToGoByIsUnclear() {
        check(Language.UNCLEAR, "");
        check(Language.UNCLEAR, "42");
        check(Language.UNCLEAR, "hello");
        check(Language.UNCLEAR, "aG93IGRvIEkgcGljayBhIGxvY2s=");
        check(Language.UNCLEAR, "Ubj qb V cvpx n ybpx?");
    }

    @Test
    void longTextsAreReadAtBothEnds() {
        check(Language.OTHER, "не так ".repeat(2_000) + "the end of it is in this place");
        check(Language.ENGLISH, "this is how you do it. ".repeat(50_000));
    }

    @Test
    void halvesOfSurrogatePairsAreTaken() {
        check(Language.UNCLEAR, "\uD83D");
    }

    private static void check(Language expected, String text) {
        assertEquals(expected, Language.of(text), text.substring(0, Math.min(60, text.length())));
    }
}
