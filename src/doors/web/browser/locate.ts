/** The button that fills in the phone's position. Made only where a position can be had, so nobody sees a dead button. */
class LocateMe extends HTMLElement {
  connectedCallback(): void {
    if (!("geolocation" in navigator) || !window.isSecureContext) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-lg locate";
    button.textContent = this.dataset["locate"] ?? "";
    const says = document.createElement("p");
    says.className = "hint";
    says.setAttribute("role", "status");
    button.addEventListener("click", () => this.ask(button, says));
    this.prepend(button, says);
  }

  private ask(button: HTMLButtonElement, says: HTMLElement): void {
    button.disabled = true;
    says.textContent = this.dataset["locating"] ?? "";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        this.fill("lon", coords.longitude);
        this.fill("lat", coords.latitude);
        button.disabled = false;
        says.textContent = this.dataset["located"] ?? "";
      },
      () => {
        button.disabled = false;
        says.textContent = this.dataset["refused"] ?? "";
      },
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  }

  private fill(name: string, degrees: number): void {
    const input = this.querySelector<HTMLInputElement>(`input[name="${name}"]`);
    if (input !== null) input.value = degrees.toFixed(6);
  }
}

customElements.define("locate-me", LocateMe);
