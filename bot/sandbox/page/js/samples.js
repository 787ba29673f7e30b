// A voice, a picture and a round clip of our own, for whoever has no microphone or file at hand.

const RATE = 16000;
const NOTES = [293.66, 369.99, 440, 369.99]; // D, F sharp, A and back: a calm hum
const NOTE = 0.6; // seconds
const CLIP = 2500; // milliseconds
const SIDE = 240;

/** Make a short hum as a WAV file; resolves to {blob, seconds}. */
export async function sampleVoice() {
  const count = Math.round(RATE * NOTE * NOTES.length);
  const view = new DataView(new ArrayBuffer(44 + 2 * count));
  header(view, count);
  for (let index = 0; index < count; index += 1) {
    const at = index / RATE;
    const within = (at % NOTE) / NOTE;
    const pitch = NOTES[Math.min(NOTES.length - 1, Math.floor(at / NOTE))];
    const swell = Math.sin(Math.PI * within) ** 1.5;
    const tone = Math.sin(2 * Math.PI * pitch * at) + 0.3 * Math.sin(Math.PI * pitch * at);
    view.setInt16(44 + 2 * index, 9000 * swell * tone, true);
  }
  return { blob: new Blob([view], { type: "audio/wav" }), seconds: Math.round(NOTE * NOTES.length) };
}

function header(view, count) {
  const write = (at, text) => [...text].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  write(0, "RIFF");
  view.setUint32(4, 36 + 2 * count, true);
  write(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // plain samples
  view.setUint16(22, 1, true); // one channel
  view.setUint32(24, RATE, true);
  view.setUint32(28, 2 * RATE, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, "data");
  view.setUint32(40, 2 * count, true);
}

function canvas(width, height) {
  const element = document.createElement("canvas");
  element.width = width;
  element.height = height;
  return [element, element.getContext("2d")];
}

/** Draw a window in the evening; resolves to a JPEG. */
export function samplePicture() {
  const [element, pen] = canvas(960, 720);
  const sky = pen.createLinearGradient(0, 0, 0, 720);
  sky.addColorStop(0, "#27365a");
  sky.addColorStop(0.55, "#b9798a");
  sky.addColorStop(1, "#f3c58f");
  pen.fillStyle = sky;
  pen.fillRect(0, 0, 960, 720);
  pen.fillStyle = "#fbe9c4";
  pen.beginPath();
  pen.arc(600, 470, 58, 0, 7);
  pen.fill();
  for (const [height, colour] of [
    [500, "#6b5877"],
    [560, "#453d5c"],
    [620, "#2a2941"],
  ]) {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.moveTo(0, 720);
    for (let x = 0; x <= 960; x += 16) {
      pen.lineTo(x, height + 34 * Math.sin(x / 130 + height) + 14 * Math.sin(x / 47 + height));
    }
    pen.lineTo(960, 720);
    pen.fill();
  }
  pen.strokeStyle = "#1d1a24";
  pen.lineWidth = 22;
  pen.strokeRect(11, 11, 938, 698);
  pen.strokeRect(469, 0, 22, 720);
  return new Promise((resolve) => element.toBlob(resolve, "image/jpeg", 0.85));
}

/** Film a breathing circle; resolves to {blob, seconds}, or raises where the browser can't film. */
export async function sampleClip() {
  const [element, pen] = canvas(SIDE, SIDE);
  const recorder = new MediaRecorder(element.captureStream(20));
  const parts = [];
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve));
  const began = performance.now();
  recorder.start();
  await new Promise((resolve) => {
    const frame = () => {
      const at = performance.now() - began;
      breathe(pen, at / CLIP);
      if (at < CLIP) setTimeout(frame, 50);
      else resolve();
    };
    frame();
  });
  recorder.stop();
  await stopped;
  return { blob: new Blob(parts, { type: "video/webm" }), seconds: Math.round(CLIP / 1000) };
}

function breathe(pen, part) {
  pen.fillStyle = "#21423c";
  pen.fillRect(0, 0, SIDE, SIDE);
  for (const [size, colour] of [
    [90, "#2f6a60"],
    [62, "#4d9b8c"],
    [36, "#a9dccf"],
  ]) {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(SIDE / 2, SIDE / 2, size * (0.8 + 0.2 * Math.sin(2 * Math.PI * part - size / 40)), 0, 7);
    pen.fill();
  }
}
