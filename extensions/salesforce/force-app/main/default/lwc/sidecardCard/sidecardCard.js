import { LightningElement, api } from 'lwc';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import launch from '@salesforce/apex/SidecardLaunch.launch';

const startHeight = 480;
const smallest = 120;
const largest = 4000;

/** Shows Sidecard's card about the record in a frame that is as tall as the card. */
export default class SidecardCard extends LightningElement {
  url = null;
  problem = null;
  height = startHeight;
  _recordId = null;
  hear = event => this.heard(event);

  @api get recordId() {
    return this._recordId;
  }

  set recordId(value) {
    const changed = value !== this._recordId;
    this._recordId = value;
    if (changed && value) this.open();
  }

  connectedCallback() {
    window.addEventListener('message', this.hear);
  }

  disconnectedCallback() {
    window.removeEventListener('message', this.hear);
  }

  get isLoading() {
    return this.url === null && this.problem === null;
  }

  get frameStyle() {
    return `height: ${this.height}px`;
  }

  async open() {
    const recordId = this._recordId;
    this.url = null;
    this.problem = null;
    this.height = startHeight;
    try {
      const url = await launch({ recordId });
      if (recordId === this._recordId) this.url = url;
    } catch (error) {
      if (recordId === this._recordId)
        this.problem = error?.body?.message ?? 'Sidecard cannot be reached. Try again.';
    }
  }

  /** The card tells how tall it is, and when it has changed the record; whoever else speaks is not heard. */
  heard({ origin, data }) {
    if (this.url === null || origin !== new URL(this.url).origin) return;
    if (data?.type === 'sidecard:height' && Number.isFinite(data.height))
      this.height = Math.min(Math.max(Math.ceil(data.height), smallest), largest);
    if (data?.type === 'sidecard:changed') notifyRecordUpdateAvailable([{ recordId: this._recordId }]);
  }
}
