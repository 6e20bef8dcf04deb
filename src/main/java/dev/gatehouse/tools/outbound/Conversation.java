package dev.gatehouse.tools.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One request over a socket, and the beginning of its answer. */
final class Conversation {

    private static final int LARGEST_ANSWER = 96 * 1024;

    private Conversation() {}

    /** The answer to it, as far as it is kept. */
    static String of(Socket socket, Ask ask) throws IOException {
        socket.getOutputStream().write(ask.bytes());
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[8192];
        boolean headOnly = ask.lines().getFirst().startsWith("HEAD ");
        while (answer.length() < LARGEST_ANSWER && !isWhole(answer, headOnly)) {
            int read = readOrEnd(in, buffer, answer);
            if (read < 0) {
                break;
            }
            answer.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        }
        return answer.toString();
    }

    /** A connection that breaks after the head has still given its answer. */
    private static int readOrEnd(InputStream in, byte[] buffer, StringBuilder answer)
            throws IOException {
        try {
            return in.read(buffer);
        } catch (IOException ex) {
            if (answer.indexOf("\r\n\r\n") >= 0) {
                return -1;
            }
            throw ex;
        }
    }

    private static boolean isWhole(StringBuilder bytes, boolean headOnly) {
        return bytes.indexOf("\r\n\r\n") >= 0
                && Answer.parse(bytes.toString()).map(a -> headOnly || a.isWhole()).orElse(true);
    }
}
