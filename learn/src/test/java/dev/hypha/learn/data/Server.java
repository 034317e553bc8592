package dev.hypha.learn.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server of texts on this machine alone, which can be told to answer badly.
final class Server implements AutoCloseable {
    private final ServerSocket socket;

    /// What is served, by path.
    final Map<String, String> texts = new ConcurrentHashMap<>();

    /// Paths that were asked for, in order.
    final List<String> asked = new CopyOnWriteArrayList<>();

    /// How many bytes more than are sent are promised.
    volatile int promised;

    Server() throws IOException {
        socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    String address() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/";
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket one = socket.accept()) {
                answer(one);
            } catch (SocketException e) {
                return; // closed
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void answer(Socket one) throws IOException {
        var in = new BufferedReader(new InputStreamReader(one.getInputStream(), StandardCharsets.US_ASCII));
        String path = in.readLine().split(" ", -1)[1];
        String header = in.readLine();
        while (!header.isEmpty()) header = in.readLine();
        asked.add(path);
        String text = texts.get(path);
        byte[] body = (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
        OutputStream out = one.getOutputStream();
        String status = text == null ? "404 Not Found" : "200 OK";
        out.write(("HTTP/1.1 " + status + "\r\nContent-Length: " + (body.length + promised)
                        + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
