package dev.gatehouse.connector.nio;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.apache.coyote.Processor;

/**
 * Which headers of answers over HTTP/2 each side remembers, to send a number the next time (RFC
 * 7541, 2.3.2). Tomcat has all of them remembered but the date and the length. The id of a request
 * is another each time: 53 of them push out all other headers, which are then sent in full again.
 */
final class HeaderIndexing {

    private static final Set<String> DIFFERENT_EACH_TIME =
            Set.of("content-length", "date", "x-request-id");

    /** A value that is not longer is sent as it is, without Huffman's code. */
    private static final int SHORT = 5;

    private static final String HANDLER = "org.apache.coyote.http2.Http2UpgradeHandler";
    private static final String ENCODER = "org.apache.coyote.http2.HpackEncoder";

    private final Class<?> handlerType;
    private final VarHandle encoders;
    private final MethodHandle newEncoder;
    private final Object indexing;

    HeaderIndexing() {
        try {
            handlerType = Class.forName(HANDLER);
            Class<?> encoderType = Class.forName(ENCODER);
            Class<?> functionType = Class.forName(ENCODER + "$HpackHeaderFunction");
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            encoders =
                    MethodHandles.privateLookupIn(handlerType, lookup)
                            .findVarHandle(handlerType, "hpackEncoder", encoderType);
            newEncoder =
                    MethodHandles.privateLookupIn(encoderType, lookup)
                            .findConstructor(
                                    encoderType, MethodType.methodType(void.class, functionType));
            indexing =
                    Proxy.newProxyInstance(
                            encoderType.getClassLoader(),
                            new Class<?>[] {functionType},
                            (_, question, header) -> answer(question, header));
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException("This version of Tomcat encodes headers elsewhere", ex);
        }
    }

    /**
     * @param header its name, or its name and its value
     */
    private static boolean answer(Method question, Object[] header) {
        return switch (question.getName()) {
            case "shouldUseIndexing" -> !DIFFERENT_EACH_TIME.contains((String) header[0]);
            case "shouldUseHuffman" -> ((String) header[header.length - 1]).length() > SHORT;
            default -> throw new IllegalStateException("Tomcat asks for " + question);
        };
    }

    /** For a connection over HTTP/2 that has sent no answer yet: one in use stays as it is. */
    void limit(Processor connection) {
        if (!connection.isUpgrade()
                || !handlerType.isInstance(connection.getUpgradeToken().httpUpgradeHandler())) {
            return;
        }
        Object handler = connection.getUpgradeToken().httpUpgradeHandler();
        if (encoders.get(handler) == null) {
            encoders.compareAndSet(handler, null, encoder());
        }
    }

    private Object encoder() {
        try {
            return newEncoder.invoke(indexing);
        } catch (Throwable error) {
            throw new IllegalStateException("Tomcat's encoder of headers is not to be had", error);
        }
    }
}
