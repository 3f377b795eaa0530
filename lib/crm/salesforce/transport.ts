import { PassThrough, type Readable } from 'node:stream';
import { Transport } from 'jsforce/lib/transport.js';

/**
 * jsforce's way of sending, which hears when an answer breaks off: jsforce itself leaves that error to nobody, which ends
 * the process, and waits for the rest for ever. One for each request; `brokenBy` is why its answer is not whole.
 */
export class HearingTransport extends Transport {
  brokenBy: unknown = null;

  override getRequestStreamCreator(): ReturnType<Transport['getRequestStreamCreator']> {
    const create = super.getRequestStreamCreator();
    return (request, options) => {
      const stream = create(request, options);
      const answer: unknown = Reflect.get(stream, '_readable');
      if (!(answer instanceof PassThrough))
        throw new TypeError('jsforce keeps its answers somewhere else now');
      answer.on('pipe', (body: Readable) =>
        body.once('error', error => {
          this.brokenBy = error;
          answer.end();
        }),
      );
      return stream;
    };
  }
}
