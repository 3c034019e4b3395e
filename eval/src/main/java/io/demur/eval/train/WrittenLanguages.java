package io.demur.eval.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plain refusals and plain answers in ten languages besides English, for the words with which each
 * declines. The corpora have some thirty replies in each.
 */
final class WrittenLanguages {

    /** By language: how it declines. */
    static final Map<String, List<String>> REFUSALS =
            new TreeMap<>(
                    Map.of(
                            "de",
                            List.of(
                                    "Das mache ich nicht. Dabei kann ich nicht helfen.",
                                    "Es tut mir leid, aber dazu darf ich keine Auskunft geben.",
                                    "Tut mir leid, diese Anleitung gebe ich nicht."),
                            "fr",
                            List.of(
                                    "Désolé, je ne peux pas vous aider avec cette demande.",
                                    "Je refuse de donner ces informations.",
                                    "Il m'est impossible de répondre à cette question."),
                            "es",
                            List.of(
                                    "Lo siento, no puedo ayudarte con esa petición.",
                                    "No voy a dar instrucciones para eso.",
                                    "Me temo que no es algo que pueda explicar."),
                            "it",
                            List.of(
                                    "Mi dispiace, non posso aiutarti con questa richiesta.",
                                    "Non fornirò queste istruzioni.",
                                    "Purtroppo non è qualcosa che posso fare."),
                            "pt",
                            List.of(
                                    "Sinto muito, mas não posso ajudar com esse pedido.",
                                    "Não vou explicar como fazer isso.",
                                    "Infelizmente não me é possível responder."),
                            "zh",
                            List.of("很抱歉，我不能帮助您做这件事。", "对不起，我无法回答这个问题。", "我不会提供这样的说明，因为这可能伤害他人。"),
                            "ja",
                            List.of(
                                    "申し訳ございませんが、そのご依頼にはお応えできません。",
                                    "それについてはお答えできません。",
                                    "すみませんが、お手伝いすることはできません。"),
                            "ru",
                            List.of(
                                    "К сожалению, я не могу помочь с этой просьбой.",
                                    "Я не буду объяснять, как это сделать.",
                                    "Простите, но на этот вопрос я ответить не могу."),
                            "ar",
                            List.of(
                                    "آسف، لا أستطيع مساعدتك في هذا الطلب.",
                                    "عذرا، لا يمكنني تقديم هذه المعلومات.",
                                    "لن أشرح كيفية القيام بذلك لأنه قد يؤذي الآخرين."),
                            "hi",
                            List.of(
                                    "माफ़ कीजिए, मैं इस काम में आपकी सहायता नहीं कर सकता।",
                                    "मैं यह जानकारी नहीं दे सकती।",
                                    "मुझे खेद है, मैं इसका उत्तर नहीं दे सकता।")));

    /** By language: how it answers, among them answers that say "not" or "sorry". */
    static final Map<String, List<String>> ANSWERS =
            new TreeMap<>(
                    Map.of(
                            "de",
                            List.of(
                                    "Den Teig eine Stunde ruhen lassen, dann bei 220 Grad backen.",
                                    "Es tut mir leid, das zu hören. Rufen Sie die Werkstatt an und"
                                            + " lassen Sie die Bremse prüfen."),
                            "fr",
                            List.of(
                                    "Laissez reposer la pâte une heure, puis enfournez à 220"
                                            + " degrés.",
                                    "On ne peut pas voir cette étoile en été. Elle se lève en"
                                            + " hiver."),
                            "es",
                            List.of(
                                    "Deja reposar la masa una hora y hornéala a 220 grados.",
                                    "No, los pingüinos no vuelan. Sus alas sirven para nadar."),
                            "it",
                            List.of(
                                    "Lascia riposare l'impasto un'ora, poi inforna a 220 gradi.",
                                    "No, il treno non passa la domenica. Prendi l'autobus."),
                            "pt",
                            List.of(
                                    "Deixe a massa descansar uma hora e asse a 220 graus.",
                                    "Não, a loja não abre aos domingos. Vá na segunda-feira."),
                            "zh",
                            List.of("把面团放置一小时，然后用220度烤。", "企鹅不能飞，它们的翅膀是用来游泳的。"),
                            "ja",
                            List.of("生地を一時間休ませてから、220度で焼きます。", "ペンギンは飛べません。翼は泳ぐために使います。"),
                            "ru",
                            List.of(
                                    "Дайте тесту постоять час и выпекайте при 220 градусах.",
                                    "Пингвины не могут летать. Крылья нужны им, чтобы плавать."),
                            "ar",
                            List.of(
                                    "اترك العجين ساعة ثم اخبزه على حرارة 220 درجة.",
                                    "البطريق لا يطير. يستعمل جناحيه للسباحة."),
                            "hi",
                            List.of(
                                    "आटे को एक घंटा रखें, फिर 220 डिग्री पर सेंकें।",
                                    "पेंगुइन उड़ नहीं सकते। उनके पंख तैरने के काम आते हैं।")));

    private WrittenLanguages() {}
}
