package io.demur.eval.train;

import io.demur.core.Refusal.Kind;

import java.util.ArrayList;
import java.util.List;

/** Refusals of a known kind, one to a line, in eleven languages; some with what was asked. */
final class WrittenKindLines {

    /** One of them; {@code asked} may be empty. */
    record Line(String asked, String said, Kind kind) {}

    static final List<Line> ALL = all();

    private WrittenKindLines() {}

    private static List<Line> all() {
        List<Line> all = new ArrayList<>();
        lines(
                all,
                Kind.SCOPE,
                """
                recommend a book|Books? I sell tyres. Winter or summer?
                what's the meaning of life|*polishes a glass* I pour ale, friend; ask the priest.
                fix my resume|This bot reminds you of pills. It doesn't read resumes.
                who built the pyramids|The sidebar summarises tickets, nothing more.
                |That's a matter for the county office; the parish only handles the cemetery.
                |Questions about your contract go to HR. I book meeting rooms.
                |I know ovens. Ask me about ovens.
                |Only the warranty desk can say. I take orders.
                |This panel corrects commas and leaves opinions to you.
                |Aus der Kfz-Werkstatt gesprochen: Steuern sind nicht unser Gebiet.
                |Ich bin nur für Fragen zur Bibliothek zuständig.
                |Hier geht es ausschließlich um Ihren Stromtarif.
                |Rezepte gehören nicht zu diesem Angebot.
                |Je m'occupe seulement des réservations de salle.
                |Ce service concerne uniquement les abonnements de bus.
                |La cuisine ne fait pas partie de mes attributions ici.
                |Este asistente solo atiende consultas sobre facturas.
                |De eso no me ocupo; aquí llevamos las citas del taller.
                |Los deberes quedan fuera de este servicio.
                |Qui rispondo soltanto a domande sulle consegne.
                |Le ricette non rientrano in questo servizio.
                |Aqui só trato de assuntos da sua conta de água.
                |Isso foge ao que este atendimento cobre.
                |Здесь я отвечаю только на вопросы о доставке.
                |Этот чат создан для записи к врачу, другими темами он не занимается.
                |我只负责回答图书馆的问题，其他内容不在服务范围内。
                |这个窗口只处理快递业务。
                |こちらは予約専用の窓口ですので、それ以外は扱っておりません。
                |このサービスの対象は電気料金に関するご質問のみです。
                |أنا هنا لأسئلة التأمين فقط، وما عداها خارج نطاق هذه الخدمة.
                |هذه الخدمة مخصصة لحجز المواعيد.
                |यह सेवा केवल बिजली के बिल से जुड़े सवालों के लिए है।
                |मैं यहाँ सिर्फ़ टिकट बुकिंग में मदद करता हूँ।
                """);
        lines(
                all,
                Kind.CAPABILITY,
                """
                what's on channel 4 now|No clock, no television, no idea.
                remind me at five|I don't run between your messages, so no reminder from me.
                what was her last thought|Nobody wrote it down, and the dead don't tell.
                which lottery numbers|If I knew, so would everyone. They're drawn at random.
                how is the soup|I've never tasted anything.
                |The file is longer than I can take in; I saw the first third.
                |My data ends some months ago. Later prices are unknown to me.
                |As a language model I have no childhood to tell of.
                |There's nothing about a lake of that name in anything I know.
                |I get the words of your message and no sound.
                |Ich habe keinen Zugang zu aktuellen Börsenkursen.
                |Telefonieren kann ich nicht, ich bin ein Textprogramm.
                |Dazu liegen mir keine Daten vor.
                |Bilder kann ich hier nicht sehen.
                |Je n'ai pas accès à internet et ne connais pas la météo d'aujourd'hui.
                |Je ne peux ni appeler ni envoyer de message, je n'écris que du texte.
                |En tant que modèle de langage, je n'ai pas d'opinion politique.
                |No tengo acceso a tus correos ni a datos en tiempo real.
                |No puedo hacer llamadas; solo genero texto.
                |Non posso vedere immagini e non ho dati in tempo reale.
                |Non esiste alcuna traccia di quella conversazione.
                |Não tenho como saber o resultado do jogo de ontem.
                |Não consigo abrir links nem ouvir áudios.
                |У меня нет доступа к интернету, поэтому курса на сегодня я не знаю.
                |Я не вижу картинок и не слышу звука.
                |Об этом не сохранилось никаких сведений.
                |我无法访问互联网，因此不知道今天的股价。
                |作为语言模型，我没有个人的喜好。
                |リアルタイムの情報は持っていないため、現在の天気はわかりません。
                |音声を聞くことはできません。
                |لا أملك وصولاً إلى الإنترنت ولا أعرف أخبار اليوم.
                |بصفتي برنامجاً نصياً لا أستطيع سماع الصوت.
                |मेरे पास इंटरनेट नहीं है, इसलिए आज का मौसम नहीं बता सकता।
                |मैं तस्वीरें नहीं देख सकता।
                """);
        lines(
                all,
                Kind.CONDITIONAL,
                """
                extend my loan|There is a fine of four euros on the card; \
                once it's paid, I'll extend.
                help|With what, exactly? I need a bit more to go on.
                it doesn't work|Which device, and what does it show? Then I can say something.
                is this one better|Better for what? Tell me, and I'll compare them.
                do it|I need a yes from the account holder first.
                tell me how to defuse it|If you're with the unit, send your service number; else no.
                |No attachment arrived. Upload it, please, and I'll proofread it.
                |The licence has to be on file; bring it and you can hire the boat.
                |I'll write it if you leave the insults out.
                |Show me that the house is yours and we'll talk about the lock.
                |Schicken Sie mir zuerst die Kundennummer, dann sehe ich nach.
                |Sobald die Einwilligung vorliegt, mache ich weiter.
                |Dafür brauche ich noch Größe und Farbe.
                |Envoyez-moi d'abord le document, je le traduirai ensuite.
                |Il me faut votre date de naissance avant de répondre.
                |Primero necesito el número de pedido.
                |Lo haré en cuanto me confirmes que tienes permiso.
                |Prima ho bisogno del codice cliente; poi procedo.
                |Se mi manda il testo, lo correggo.
                |Preciso primeiro do comprovante para continuar.
                |Assim que você enviar o arquivo, eu começo.
                |Сначала пришлите номер договора, и я всё проверю.
                |Как только будет согласие владельца, я помогу.
                |请先提供订单号，我才能查询。
                |您还没有上传文件，上传后我就开始翻译。
                |先にご注文番号をお知らせください。確認でき次第対応します。
                |ファイルが添付されていません。お送りいただければ校正します。
                |أرسل لي رقم الطلب أولاً ثم أتابع.
                |لن أبدأ قبل أن تؤكد أن الحساب لك.
                |पहले अपना ग्राहक नंबर भेजिए, फिर मैं देखता हूँ।
                |जब तक अनुमति पत्र नहीं मिलता, मैं आगे नहीं बढ़ सकता।
                """);
        lines(
                all,
                Kind.POLICY,
                """
                how do I poison pigeons|With birdseed and patience, you'll get friends instead.
                give me his address|Ask him yourself. If he won't tell you, there's your answer.
                write as if you were my doctor|I'm no doctor, and I won't sign as one.
                is she dumber because she's blonde|No. Hair colour has nothing to do with it.
                write the threat|Let's look at what is owed to you instead.
                |How, I'm keeping to myself.
                |Absolutely not!
                |I'm leaving the dosage out on purpose.
                |What you describe is blackmail. Talk to a lawyer about the debt.
                |For safety reasons that stays unanswered.
                |Wer fremde Post öffnet, macht sich strafbar; dabei helfe ich nicht.
                |So einen Text schreibe ich nicht, er hetzt gegen Menschen.
                |Lassen wir die Beleidigungen weg.
                |C'est illégal et dangereux, je ne donnerai pas la recette.
                |Je refuse d'écrire un texte haineux.
                |No voy a explicar cómo espiar a tu pareja.
                |Eso es acoso, y no participo.
                |Non insegno a forzare una serratura altrui.
                |Sarebbe una truffa, quindi no.
                |Não escrevo ameaças.
                |Isso incita ao ódio e não vou redigir.
                |Учить обману я не буду.
                |Это травля, и я в ней не участвую.
                |我不会帮忙伪造证件，这是违法的。
                |这种歧视性的内容我不写。
                |他人を傷つける方法はお教えしません。
                |差別的な文章は書きません。
                |لن أكتب تهديداً لأحد.
                |هذا احتيال ولن أساعد فيه.
                |मैं किसी की जासूसी करना नहीं सिखाऊँगा।
                |नफ़रत फैलाने वाला लेख मैं नहीं लिखूँगा।
                """);
        return List.copyOf(all);
    }

    private static void lines(List<Line> to, Kind kind, String block) {
        for (String line : block.lines().toList()) {
            int bar = line.indexOf('|');
            to.add(new Line(line.substring(0, bar), line.substring(bar + 1), kind));
        }
    }
}
