package io.autorecharge.stripe.simulator;

/** Escapes text for HTML, and renders the frame that all pages of the simulator share. */
final class Html {

    private static final String FRAME = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>%s</title>
            <style>
            * { box-sizing: border-box }
            body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: #1a1f36; background: #f6f8fa }
            .banner { background: #ffe8a3; padding: .5rem 1rem; text-align: center; font-size: .9rem }
            main { max-width: 28rem; margin: 1.5rem auto; padding: 1.5rem; background: #fff; border-radius: .5rem;
                   box-shadow: 0 1px 4px rgba(0, 0, 0, .15) }
            h1 { font-size: 1.25rem; margin: 0 0 1rem }
            .amount { font-size: 1.75rem; font-weight: 600; margin: 0 0 1rem }
            ul.items { list-style: none; padding: 0; margin: 0 0 1rem }
            ul.items li { display: flex; justify-content: space-between; gap: 1rem }
            label { display: block; margin: .75rem 0 .25rem; font-weight: 600 }
            label.check { font-weight: 400 }
            input:not([type=checkbox]) { width: 100%%; padding: .6rem; font: inherit; border: 1px solid #697386;
                                        border-radius: .25rem }
            .row { display: flex; gap: 1rem } .row > div { flex: 1 }
            button, .button { display: block; width: 100%%; margin-top: 1rem; padding: .75rem; font: inherit; font-weight: 600;
                      border: 1px solid #0a2540; border-radius: .25rem; background: #fff; color: #0a2540; cursor: pointer;
                      text-align: center; text-decoration: none }
            button.primary { background: #0a2540; color: #fff }
            :focus-visible { outline: 3px solid #635bff; outline-offset: 2px }
            [role=alert] { background: #fde8e8; color: #8a1020; padding: .75rem; border-radius: .25rem; margin: 0 0 1rem }
            details { margin-top: 1.5rem; font-size: .9rem } table { border-collapse: collapse; width: 100%% }
            td { padding: .25rem .5rem .25rem 0; vertical-align: top }
            .small { font-size: .85rem; color: #4f566b }
            a { color: #0a4ea8 }
            </style>
            </head>
            <body>
            <p class="banner" style="margin:0">Stripe simulator. Test cards only; no money moves.</p>
            <main>
            %s
            </main>
            </body>
            </html>
            """;

    private Html() {}

    static String page(String title, String content) {
        return FRAME.formatted(escape(title), content);
    }

    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
